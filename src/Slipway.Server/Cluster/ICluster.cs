namespace Slipway.Server.Cluster;

/// <summary>Which nodes there are, as this one sees it at the moment. Others may see it a little earlier or later.</summary>
internal interface ICluster
{
    /// <summary>This node's name.</summary>
    string Me { get; }

    /// <summary>Does what one node is enough for. While nodes come and go there may be two, or none, for a moment: such work must bear both.</summary>
    bool IsLead { get; }

    /// <summary>Includes this one.</summary>
    bool IsAlive(string node);

    /// <summary>A node has come or gone.</summary>
    event Action? Changed;
}
