namespace Slipway.Server.Instances.Nodes;

internal sealed class NoOtherNodes : INodeMessages
{
    public INodeService? To(string node) => null;
}
