namespace Slipway.Agent.Supervision.Systemd;

/// <summary>What writes to systemd's journal.</summary>
internal interface IJournaled
{
    string Unit { get; }

    /// <summary>Which start of the unit runs now, as it was looked at last. Empty: systemd does not say.</summary>
    string Invocation { get; }
}
