using System.Runtime.InteropServices;

namespace Vsr.Cli;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation, so that a command can save its state, and tells which exit code is due.</summary>
/// <remarks>A second signal ends the process at once, as a user who presses Ctrl-C twice expects.</remarks>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _exitCode = Vsr.Cli.ExitCode.Interrupted;

    public Termination()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, Vsr.Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, Vsr.Cli.ExitCode.Terminated));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM; meaningful once <see cref="Token"/> is cancelled.</summary>
    public int ExitCode => _exitCode;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _exitCode = exitCode;
        _source.Cancel();
    }
}
