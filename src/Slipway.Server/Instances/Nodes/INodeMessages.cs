namespace Slipway.Server.Instances.Nodes;

/// <summary>The way to the other nodes.</summary>
internal interface INodeMessages
{
    /// <summary>Null: there is no such node.</summary>
    INodeService? To(string node);
}
