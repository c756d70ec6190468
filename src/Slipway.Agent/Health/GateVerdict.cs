namespace Slipway.Agent.Health;

/// <summary>Whether a started service may count as healthy.</summary>
internal abstract record GateVerdict
{
    private GateVerdict()
    {
    }

    public sealed record Passed : GateVerdict
    {
        public static readonly Passed Instance = new();
    }

    /// <param name="Code">A reason code of ServiceStatus.</param>
    public sealed record Failed(string Code, string Reason) : GateVerdict;
}
