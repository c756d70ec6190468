namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>The process is no more. Nothing in the server may catch it, which is why it is a cancellation.</summary>
internal sealed class SimulatedCrashException(string where) : OperationCanceledException($"crashed {where}");
