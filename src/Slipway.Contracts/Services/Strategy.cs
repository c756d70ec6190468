using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>In which steps the instances of a target are changed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AllAtOnce), "allAtOnce")]
[JsonDerivedType(typeof(Rolling), "rolling")]
[JsonDerivedType(typeof(Canary), "canary")]
[JsonDerivedType(typeof(RedBlack), "redBlack")]
[JsonDerivedType(typeof(Highlander), "highlander")]
public abstract record Strategy
{
    /// <summary>What a target without any settings gets: one instance first, then quarters.</summary>
    public static Strategy Default { get; } = new Canary();
}

/// <summary>Every instance at the same time. Fastest; the service is away while it restarts.</summary>
public sealed record AllAtOnce : Strategy;

/// <summary>Batch after batch; the next begins when the last is healthy.</summary>
public sealed record Rolling : Strategy
{
    /// <summary>Instances at a time. Default: a quarter.</summary>
    public Amount Batch { get; set; } = Amount.Percent(25);

    /// <summary>Wait between batches; every instance changed so far must stay healthy in it.</summary>
    public Duration Pause { get; set; } = Duration.Zero;
}

/// <summary>A few instances first, watched for a while; then the rest in batches.</summary>
public sealed record Canary : Strategy
{
    /// <summary>The steps before the rest. Default: one instance.</summary>
    public IReadOnlyList<CanaryStep> Steps { get; set; } = [new()];

    /// <summary>How the rest follows. Default: a quarter at a time.</summary>
    public Amount Batch { get; set; } = Amount.Percent(25);
}

/// <summary>One step of a canary.</summary>
public sealed record CanaryStep
{
    /// <summary>How many instances run the new version after this step, counted from the start.</summary>
    public Amount Instances { get; set; } = Amount.Count(1);

    /// <summary>How long they must stay healthy before the next step. Any failure ends the deployment.</summary>
    public Duration Soak { get; set; } = Duration.Zero;
}

/// <summary>New instances beside the old; traffic moves at once when the new are healthy, and the old stay ready for the way back.</summary>
public sealed record RedBlack : Strategy
{
    /// <summary>How many generations stay afterwards, the serving one included; at least 2. Default: 2.</summary>
    public int Keep { get; set; } = 2;

    /// <summary>How long both serve before the old are taken out of traffic.</summary>
    public Duration Wait { get; set; } = Duration.Zero;

    /// <summary>True: the old are scaled down to no instances afterwards. The way back takes as long as they need to start. Default: they stay.</summary>
    public bool ScaleDown { get; set; }
}

/// <summary>New instances beside the old; when the new are healthy, all the old are destroyed. There is no fast way back.</summary>
public sealed record Highlander : Strategy;
