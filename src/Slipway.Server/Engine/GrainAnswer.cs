using Slipway.Server.Api;

namespace Slipway.Server.Engine;

/// <summary>What a grain answers across the cluster: a value as JSON, or a refusal.</summary>
[GenerateSerializer]
internal readonly record struct GrainAnswer(
    [property: Id(0)] string? Value,
    [property: Id(1)] string? Code,
    [property: Id(2)] int Status,
    [property: Id(3)] string? Detail)
{
    public static GrainAnswer From<T>(Outcome<T> outcome) => outcome.Is(out var value, out var refusal)
        ? new(EngineJson.Write(value), null, 0, null)
        : new(null, refusal.Code, refusal.Status, refusal.Detail);

    public Outcome<T> To<T>() => Value is { } json ? EngineJson.Read<T>(json) : new Refusal(Code!, Status, Detail!);
}
