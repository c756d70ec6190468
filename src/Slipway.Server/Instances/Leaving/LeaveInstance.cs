using Slipway.Contracts.Agents;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Leaving;

/// <summary>POST /agent/v1/leave: an agent says that its instance is one no more. It removes its own queue.</summary>
internal static class LeaveInstance
{
    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapPost(AgentPaths.Leave, HandleAsync).WithMetadata(new AgentOnly()).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(CallingInstance caller, Departure departure)
    {
        // Not cancelled: an agent that hangs up has left all the same.
        await departure.TakeOutAsync(caller.Instance, CancellationToken.None);
        return Results.NoContent();
    }
}
