namespace Slipway.Server.Cluster;

/// <summary>What kind of rows another node has changed.</summary>
internal enum Bulletin
{
    /// <summary>Instances, their assignments or what their agents said; named by instance.</summary>
    Instances,

    /// <summary>Events of deployments; named by deployment.</summary>
    Events,

    /// <summary>Instances in deployments; named by deployment.</summary>
    Progress,

    /// <summary>Targets, as service/environment.</summary>
    Targets,

    /// <summary>Tables of which everything is shown at once; named by table.</summary>
    Tables,
}
