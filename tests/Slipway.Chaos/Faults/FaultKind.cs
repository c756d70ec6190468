namespace Slipway.Chaos.Faults;

/// <summary>What is done to whom.</summary>
internal enum FaultKind
{
    KillServer,
    StopServer,
    FreezeServer,
    FillServerDisk,
    JumpServerClock,
    KillAgent,
    StopAgent,
    FreezeAgent,
    FillAgentDisk,
    JumpAgentClock,
    PullCable,
    ResetConnections,
    RefuseConnections,
    SlowNetwork,
    KillService,
    FreezeService,
    KillDatabase,
    StopDatabase,
}
