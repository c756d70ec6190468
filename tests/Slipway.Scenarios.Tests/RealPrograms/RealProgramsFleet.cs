using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.RealPrograms;

/// <summary>One server and one instance that runs every sample.</summary>
public sealed class RealProgramsFleet : IAsyncLifetime
{
    private Fleet? fleet;

    public Fleet Fleet => fleet!;

    public async ValueTask InitializeAsync()
    {
        fleet = await Fleet.StartAsync();
        await fleet.JoinAsync("dev", 1, [.. RealProgram.All.Select(program => program.Name)]);
    }

    public ValueTask DisposeAsync() => fleet?.DisposeAsync() ?? ValueTask.CompletedTask;
}
