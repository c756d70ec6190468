namespace Slipway.Chaos.Faults;

/// <summary>One thing that goes wrong: when, what, to whom, for how long.</summary>
/// <param name="Draw">A number for whatever else has to be chosen, such as which of an instance's services.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, string Subject, TimeSpan Lasts, int Draw)
{
    public override string ToString() => $"{At.TotalSeconds,7:0.0} s  {Kind} {Subject} for {Lasts.TotalSeconds:0.0} s";
}
