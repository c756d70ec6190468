namespace Slipway.FakeGate.World;

/// <summary>An account of a cloud that Spinnaker may change, with the regions it reaches.</summary>
public sealed record Account(string Name, string Provider, IReadOnlyList<string> Regions);

/// <summary>A machine image in one region. <see cref="Package"/> is what it was baked from.</summary>
public sealed record Image(string Id, string Name, string Region, string Package, string BaseOs, DateTimeOffset Created)
{
    /// <summary>What <c>findImageFromTags</c> looks for.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
