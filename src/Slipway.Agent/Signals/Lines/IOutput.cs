namespace Slipway.Agent.Signals.Lines;

/// <summary>What a service says, read step by step.</summary>
internal interface IOutput
{
    /// <summary>All since it was read last.</summary>
    LineTally Read(long step, LineKinds kinds);

    /// <summary>What is written from now on is of this process, in which its own lines are counted.</summary>
    void Begin(MeasuredRun run, long step, LineKinds kinds);

    /// <summary>Nothing runs any more.</summary>
    void End(long step, LineKinds kinds);
}
