using Slipway.Emulator;
using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>An emulator of AWS, the proxy in front of it, and what a fleet needs to use both.</summary>
public sealed class AwsFleet : IAsyncDisposable
{
    public const string Topic = "slipway";

    private AwsFleet(AwsEmulator emulator, FaultyAws faults) => (Emulator, Faults) = (emulator, faults);

    public AwsEmulator Emulator { get; }

    public FaultyAws Faults { get; }

    public static async Task<AwsFleet> StartAsync(bool persistent = false)
    {
        var emulator = await AwsEmulator.StartAsync(persistent);
        return new(emulator, await FaultyAws.StartAsync(emulator));
    }

    /// <param name="transportOf">By the instance's name; all over AWS by default.</param>
    public FleetSettings Settings(Func<string, string>? transportOf = null, params string[] more) => new()
    {
        ServerArguments = ["--Slipway:Aws:Topic", Topic, .. more],
        Environment = Faults.Environment,
        TransportOf = transportOf ?? (_ => "aws"),
        CanBeCut = true,
    };

    public async ValueTask DisposeAsync()
    {
        await Faults.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
