namespace Vsr.Interop.LibTorch;

/// <summary>The calling thread's autocast state (ATen/autocast_mode.h); no stable interface: C++ names.</summary>
internal sealed unsafe class AutocastApi
{
    private readonly delegate* unmanaged<sbyte, byte, void> _setEnabled;
    private readonly delegate* unmanaged<sbyte, byte> _isEnabled;
    private readonly delegate* unmanaged<sbyte, sbyte, void> _setDtype;
    private readonly delegate* unmanaged<sbyte, sbyte> _dtype;
    private readonly delegate* unmanaged<int> _incrementNesting;
    private readonly delegate* unmanaged<int> _decrementNesting;
    private readonly delegate* unmanaged<void> _clearCache;
    private readonly delegate* unmanaged<byte, void> _setCacheEnabled;
    private readonly delegate* unmanaged<byte> _isCacheEnabled;

    private AutocastApi(SymbolLookup symbols)
    {
        const string prefix = "_ZN2at8autocast";
        _setEnabled = (delegate* unmanaged<sbyte, byte, void>)symbols.Require(prefix + "20set_autocast_enabledEN3c1010DeviceTypeEb");
        _isEnabled = (delegate* unmanaged<sbyte, byte>)symbols.Require(prefix + "19is_autocast_enabledEN3c1010DeviceTypeE");
        _setDtype = (delegate* unmanaged<sbyte, sbyte, void>)
            symbols.Require(prefix + "18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
        _dtype = (delegate* unmanaged<sbyte, sbyte>)symbols.Require(prefix + "18get_autocast_dtypeEN3c1010DeviceTypeE");
        _incrementNesting = (delegate* unmanaged<int>)symbols.Require(prefix + "17increment_nestingEv");
        _decrementNesting = (delegate* unmanaged<int>)symbols.Require(prefix + "17decrement_nestingEv");
        _clearCache = (delegate* unmanaged<void>)symbols.Require(prefix + "11clear_cacheEv");
        _setCacheEnabled = (delegate* unmanaged<byte, void>)symbols.Require(prefix + "26set_autocast_cache_enabledEb");
        _isCacheEnabled = (delegate* unmanaged<byte>)symbols.Require(prefix + "25is_autocast_cache_enabledEv");
    }

    public bool CacheEnabled
    {
        get => _isCacheEnabled() != 0;
        set => _setCacheEnabled(value ? (byte)1 : (byte)0);
    }

    public static AutocastApi? TryBind(SymbolLookup symbols)
    {
        AutocastApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }

    public bool IsEnabled(int deviceType) => _isEnabled((sbyte)deviceType) != 0;

    public void SetEnabled(int deviceType, bool enabled) => _setEnabled((sbyte)deviceType, enabled ? (byte)1 : (byte)0);

    public int Dtype(int deviceType) => _dtype((sbyte)deviceType);

    public void SetDtype(int deviceType, int dtype) => _setDtype((sbyte)deviceType, (sbyte)dtype);

    public int IncrementNesting() => _incrementNesting();

    public int DecrementNesting() => _decrementNesting();

    public void ClearCache() => _clearCache();
}
