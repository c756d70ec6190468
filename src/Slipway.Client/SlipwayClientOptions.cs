namespace Slipway.Client;

/// <summary>Which server, as whom, and how patient.</summary>
public sealed record SlipwayClientOptions
{
    public required Uri Server { get; init; }

    public string? Token { get; init; }

    /// <summary>Trust only certificates that this PEM (one or more CA certificates) vouches for. Absent: what the machine trusts.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Sent as User-Agent.</summary>
    public string Product { get; init; } = "slipway-client";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>An ordinary call is given up after this long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits between attempts of a call that may be repeated.</summary>
    public IReadOnlyList<TimeSpan> RetryAfter { get; init; } =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(1000)];

    /// <summary>A stream of events that is silent for this long is opened again: a connection can die without saying so.</summary>
    public TimeSpan StreamSilence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long to try to get a lost stream back.</summary>
    public TimeSpan StreamPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An upload is sent in requests of at most this size, so that an interruption or a proxy's limit costs little.</summary>
    public int UploadRequestSize { get; init; } = 64 * 1024 * 1024;
}
