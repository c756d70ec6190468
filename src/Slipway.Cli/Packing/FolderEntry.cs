namespace Slipway.Cli.Packing;

/// <summary>Something in a folder, by its path inside it, with / between the parts.</summary>
internal sealed record FolderEntry(string Path, EntryKind Kind)
{
    public long Size { get; init; }

    public bool Executable { get; init; }

    /// <summary>What a link points to, as it is written in it.</summary>
    public string? LinkTarget { get; init; }
}

internal enum EntryKind
{
    Folder,
    File,
    Link,
}
