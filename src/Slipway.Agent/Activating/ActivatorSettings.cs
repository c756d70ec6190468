using System.Net;

namespace Slipway.Agent.Activating;

/// <summary>How this instance runs services.</summary>
internal sealed record ActivatorSettings
{
    /// <summary>Where balancers ask whether a service is ready. Null: nothing listens.</summary>
    public IPEndPoint? Balancer { get; init; }

    /// <summary>The programs of systemd, where they are not on the PATH.</summary>
    public string Systemctl { get; init; } = "systemctl";

    public string Journalctl { get; init; } = "journalctl";
}
