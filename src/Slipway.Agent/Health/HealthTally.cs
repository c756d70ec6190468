namespace Slipway.Agent.Health;

/// <summary>Turns single answers into a state: unhealthy after several failures in a row, healthy again after one good answer.</summary>
internal sealed class HealthTally(int failures)
{
    private int inARow;

    public bool IsHealthy { get; private set; } = true;

    public string Reason { get; private set; } = "";

    /// <returns>True when the state, or its reason, is another one now.</returns>
    public bool Count(ProbeAnswer answer)
    {
        if (answer is ProbeAnswer.Unhealthy no)
            return ++inARow >= failures && Become(false, no.Reason);

        inARow = 0;
        return Become(true, "");
    }

    /// <summary>It ended: nothing to count.</summary>
    public bool Fail(string reason)
    {
        inARow = failures;
        return Become(false, reason);
    }

    private bool Become(bool healthy, string reason)
    {
        if (IsHealthy == healthy)
            return false;

        (IsHealthy, Reason) = (healthy, reason);
        return true;
    }
}
