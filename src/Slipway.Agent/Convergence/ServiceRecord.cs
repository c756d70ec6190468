using System.Text.Json.Serialization;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Convergence;

/// <summary>What one service was told and how far it got. Written before anything is done about it.</summary>
internal sealed record ServiceRecord
{
    /// <summary>The highest accepted one; 0 where nothing was assigned yet.</summary>
    public ulong Generation { get; init; }

    /// <summary>For a person who reads the file.</summary>
    public string Version => Assigned?.Release?.Version ?? "";

    /// <summary>The state the generation is in. Anything that is not final means that it was interrupted.</summary>
    public ServiceState Phase { get; init; } = ServiceState.Absent;

    public string ReasonCode { get; init; } = "";

    public string Reason { get; init; } = "";

    public IReadOnlyList<string> Evidence { get; init; } = [];

    public DateTimeOffset Since { get; init; }

    /// <summary>Chosen once where neither the service nor a label says one.</summary>
    public uint ChosenPort { get; init; }

    /// <summary>The Assign as it came.</summary>
    public byte[]? Assignment { get; init; }

    /// <summary>Who asked for the last restart at this generation, so that a repeated message restarts nothing.</summary>
    public string RestartCause { get; init; } = "";

    /// <summary>The Assign whose version was last found healthy, and its folder: what runs, as long as no later activation began.</summary>
    public byte[]? Activated { get; init; }

    public string? ActivatedFolder { get; init; }

    /// <summary>The folder that ran before that one; kept for a rollback.</summary>
    public string? PreviousFolder { get; init; }

    [JsonIgnore]
    public Assign? Assigned => Parse(Assignment);

    [JsonIgnore]
    public Assign? LastActivated => Parse(Activated);

    [JsonIgnore]
    public bool IsFinal => Phase is ServiceState.Absent or ServiceState.Healthy or ServiceState.Unhealthy or ServiceState.Failed or ServiceState.Stopped;

    public ServiceRecord Accept(Assign assign, DateTimeOffset now) => this with
    {
        Generation = assign.Generation,
        Assignment = assign.ToByteArray(),
        Phase = assign.Release is null ? ServiceState.Stopping : ServiceState.Preparing,
        ReasonCode = "",
        Reason = "",
        Evidence = [],
        Since = now,
    };

    /// <summary>Throws where a message in it cannot be read.</summary>
    public void RequireReadable() => _ = (Assigned, LastActivated);

    private static Assign? Parse(byte[]? bytes) => bytes is null ? null : Assign.Parser.ParseFrom(bytes);
}
