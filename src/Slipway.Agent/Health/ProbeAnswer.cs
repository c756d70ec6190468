namespace Slipway.Agent.Health;

/// <summary>What one look at a service's health found.</summary>
internal abstract record ProbeAnswer
{
    private ProbeAnswer()
    {
    }

    public sealed record Healthy : ProbeAnswer
    {
        public static readonly Healthy Instance = new();
    }

    /// <param name="Reason">The beginning of a sentence: "GET /healthz answered 500".</param>
    public sealed record Unhealthy(string Reason) : ProbeAnswer;
}
