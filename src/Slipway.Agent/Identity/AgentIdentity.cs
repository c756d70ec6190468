using System.Text.Json;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Identity;

/// <summary>Who this agent is and whom it obeys; written by `join`, read by `run`.</summary>
internal sealed record AgentIdentity
{
    public required InstanceName Instance { get; init; }

    public required EnvironmentName Environment { get; init; }

    /// <summary>Part of everything the agent signs.</summary>
    public required string ServerId { get; init; }

    /// <summary>Tried in turn. More than one where a cluster has no balancer in front.</summary>
    public required IReadOnlyList<Uri> Servers { get; init; }

    public IReadOnlyList<ServiceName> Services { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The server's own CA. With it, no other is trusted; without, the operating system decides.</summary>
    public string? CaPem { get; init; }

    /// <summary>Where balancers ask (address:port), or null.</summary>
    public string? Balancer { get; init; }

    /// <summary>Somebody said at `join` that this network needs no TLS.</summary>
    public bool AllowPlainHttp { get; init; }

    public Transport Transport { get; init; }

    /// <summary>The URL of a queue that somebody has made for this agent. Null: it makes its own.</summary>
    public string? Queue { get; init; }

    /// <summary>Null where nobody has joined yet.</summary>
    public static AgentIdentity? Load(DataFolder data) =>
        File.Exists(data.Identity)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(data.Identity), AgentFilesJson.Default.AgentIdentity)
            : null;

    public void Save(DataFolder data) =>
        AtomicFile.Write(data.Identity, JsonSerializer.SerializeToUtf8Bytes(this, AgentFilesJson.Default.AgentIdentity));
}
