using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Makes and reads AVDictionary, the form in which FFmpeg takes options; it leaves those in it that it did not know.</summary>
internal static unsafe class OptionDictionary
{
    private const int AnyKey = 2; // AV_DICT_IGNORE_SUFFIX

    /// <summary>Creates a dictionary; null when there are no options. The caller frees it with av_dict_free.</summary>
    public static AVDictionary* Create(IEnumerable<KeyValuePair<string, string>>? options)
    {
        AVDictionary* dictionary = null;
        foreach ((string key, string value) in options ?? [])
        {
            LibAvUtil.av_dict_set(&dictionary, key, value, 0);
        }

        return dictionary;
    }

    /// <summary>The keys in a dictionary.</summary>
    public static List<string> Keys(AVDictionary* dictionary)
    {
        List<string> keys = [];
        AVDictionaryEntry* entry = null;
        while ((entry = LibAvUtil.av_dict_get(dictionary, "", entry, AnyKey)) is not null)
        {
            keys.Add(Utf8.ToText(entry->Key)!);
        }

        return keys;
    }
}
