namespace Slipway.Agent.Preparing.Archives;

/// <summary>An archive wants something it must not have. Becomes the reason code `unsafe_archive`.</summary>
internal sealed class UnsafeArchiveException(string entry, string why) : Exception($"The archive's entry \"{Shown(entry)}\" {why}.")
{
    /// <summary>Names come from outside: cut, and without anything that moves a cursor.</summary>
    private static string Shown(string entry)
    {
        var text = entry.Length > 200 ? entry[..200] + "…" : entry;
        return string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
    }
}
