namespace Slipway.Server.Cluster;

/// <summary>One process on a database of its own.</summary>
internal sealed class SingleNode(NodeIdentity identity) : ICluster
{
    public string Me => identity.Name;

    public bool IsLead => true;

    public bool IsAlive(string node) => node == Me;

    /// <summary>Never happens.</summary>
    public event Action? Changed
    {
        add { }
        remove { }
    }
}
