using Slipway.Contracts.Ids;

namespace Slipway.Agent.Identity;

/// <summary>Where the agent keeps everything. The only place that knows file names.</summary>
internal sealed class DataFolder(string root)
{
    private const string SystemWide = "/var/lib/slipway-agent";

    /// <summary>The system-wide folder for root where somebody has made it, else one right here.</summary>
    public static string Default => Environment.IsPrivilegedProcess && Directory.Exists(SystemWide) ? SystemWide : "agent-data";

    public string Root { get; } = Path.GetFullPath(root);

    public string Identity => Path.Combine(Root, "identity.json");

    public string Key => Path.Combine(Root, "key.pem");

    /// <summary>A new key that the server may or may not know yet.</summary>
    public string NextKey => Path.Combine(Root, "key.next.pem");

    /// <summary>Where an agent of the AWS transport listens.</summary>
    public string Queue => Path.Combine(Root, "queue.json");

    public string State => Path.Combine(Root, "state.json");

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Held by the one agent process that works here.</summary>
    public string Lock => Path.Combine(Root, "agent.lock");

    public string Services => Path.Combine(Root, "services");

    public ServiceFolder Service(ServiceName service) => new(Path.Combine(Services, service.Value));
}
