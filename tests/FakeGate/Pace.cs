namespace Slipway.FakeGate;

/// <summary>How long things take in Spinnaker's own time, before <see cref="FakeGateOptions.Speed"/>.</summary>
public sealed record Pace
{
    /// <summary>A task that waits for nothing.</summary>
    public TimeSpan Task { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Between two looks of a task that waits.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The bakery's work on one image.</summary>
    public TimeSpan Bake { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks at a bake.</summary>
    public TimeSpan BakePoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the launch of an instance until it is Up.</summary>
    public TimeSpan Boot { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a deploy waits for its instances to get Up.</summary>
    public TimeSpan UpTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From a control call until it has happened.</summary>
    public TimeSpan Control { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From a start through Echo (v2) until the execution exists.</summary>
    public TimeSpan Echo { get; init; } = TimeSpan.FromSeconds(2);
}
