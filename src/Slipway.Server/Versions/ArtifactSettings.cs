using Slipway.Contracts.Services;
using Slipway.Server.Persistence;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Versions;

/// <summary>How artifacts are kept. Sizes are written 500MB or 10GB, times 30m or 24h.</summary>
internal sealed record ArtifactSettings
{
    /// <summary><c>Slipway:MaximumArtifactSize</c>: larger uploads are refused.</summary>
    public long MaximumArtifactSize { get; init; } = 10L << 30;

    /// <summary><c>Slipway:ReservedDiskSpace</c>: an upload that would leave less than this free on the disk is refused before it begins.</summary>
    public long ReservedDiskSpace { get; init; } = 256L << 20;

    /// <summary><c>Slipway:KeepAbandonedUploads</c>: an unfinished upload that got nothing for this long is removed.</summary>
    public Duration KeepAbandonedUploads { get; init; } = new(TimeSpan.FromHours(24));

    /// <summary><c>Slipway:KeepUnusedArtifacts</c>: an artifact that no version uses is removed after this long.</summary>
    public Duration KeepUnusedArtifacts { get; init; } = new(TimeSpan.FromHours(24));

    public static ArtifactSettings From(IConfiguration configuration)
    {
        var defaults = new ArtifactSettings();
        return new()
        {
            MaximumArtifactSize = Size(nameof(MaximumArtifactSize), defaults.MaximumArtifactSize),
            ReservedDiskSpace = Size(nameof(ReservedDiskSpace), defaults.ReservedDiskSpace),
            KeepAbandonedUploads = Time(nameof(KeepAbandonedUploads), defaults.KeepAbandonedUploads),
            KeepUnusedArtifacts = Time(nameof(KeepUnusedArtifacts), defaults.KeepUnusedArtifacts),
        };

        long Size(string name, long otherwise) => configuration[$"Slipway:{name}"] is not { } text ? otherwise
            : SizeShape.TryParse(text, out var bytes) ? bytes
            : throw new StartRefusedException($"The setting Slipway:{name} is \"{text}\"; write a size such as 500MB or 10GB.");

        Duration Time(string name, Duration otherwise) => configuration[$"Slipway:{name}"] is not { } text ? otherwise
            : Duration.TryParse(text, out var time) ? time
            : throw new StartRefusedException($"The setting Slipway:{name} is \"{text}\". {Duration.Rule}");
    }
}
