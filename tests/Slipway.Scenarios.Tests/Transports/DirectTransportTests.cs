using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>Commands over the WebSocket that every agent holds.</summary>
public sealed class DirectTransportTests : TransportTests
{
    protected override Task<FleetSettings> SettingsAsync() => Task.FromResult(new FleetSettings { CanBeCut = true });
}
