namespace Slipway.Agent.Preparing.Archives;

/// <summary>What an archive may become, whatever it says of itself.</summary>
/// <param name="Bytes">All files together.</param>
/// <param name="Entries">Files, folders and links together.</param>
internal sealed record UnpackLimits(long Bytes, int Entries)
{
    public const long MaximumBytes = 20L * 1024 * 1024 * 1024;
    public const int MaximumEntries = 500_000;

    /// <summary>More than this many times its own size is a bomb. Text logs reach about 50.</summary>
    public const int MaximumRatio = 200;

    /// <summary>Small archives may have any ratio up to this size.</summary>
    public const long AlwaysAllowedBytes = 256L * 1024 * 1024;

    public static UnpackLimits For(long archiveSize) =>
        new(Math.Min(MaximumBytes, Math.Max(AlwaysAllowedBytes, archiveSize * MaximumRatio)), MaximumEntries);
}
