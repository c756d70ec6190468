namespace Slipway.Server.Cluster;

/// <summary>Nobody else is there who could take over.</summary>
internal sealed class AlwaysHeld : ILease
{
    public bool IsHeld => true;

    public bool IsSurelyOver => false;

    public string? WhyNot => null;

    public CancellationToken Token => CancellationToken.None;
}
