using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Connections;
using Slipway.Server.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Connections;

internal static class ConnectionEndpoints
{
    /// <summary>A test that takes longer says so; nobody waits for a dead address for minutes.</summary>
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(20);

    public static void MapConnectionEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/connection-types", (ConnectionStore store) => TypedResults.Ok(new Page<ConnectionType> { Items = [.. store.Types.Select(type => type.Describe)] }))
            .Requires(Scope.Read)
            .WithTags("Connections")
            .WithName("ListConnectionTypes")
            .WithSummary("List what can be connected")
            .WithDescription("Every kind of system that deployment types drive, with the fields that a connection to it has.");

        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections.MapGet("", async (ConnectionStore store, CancellationToken cancellation) => TypedResults.Ok(new Page<Connection> { Items = [.. await store.AllAsync(cancellation)] }))
            .Requires(Scope.Read)
            .WithName("ListConnections")
            .WithSummary("List connections")
            .WithDescription("All connections by name. Of secrets only the names are told.");
        connections.MapPut("/{name}", PutAsync)
            .Requires(Scope.Admin)
            .Produces<Connection>()
            .Refuses(StatusCodes.Status409Conflict, "connection_exists")
            .WithName("PutConnection")
            .WithSummary("Make or change a connection")
            .WithDescription("Values replace those before. A secret that is not named stays as it is; an empty text removes it. Nothing is tried: POST …/test does that.");
        connections.MapDelete("/{name}", DeleteAsync)
            .Requires(Scope.Admin)
            .Produces(StatusCodes.Status204NoContent)
            .WithName("DeleteConnection")
            .WithSummary("Delete a connection")
            .WithDescription("Deployments that use it can not go on until there is one of the same name again.");
        connections.MapPost("/{name}/test", TestAsync)
            .Requires(Scope.Read)
            .Produces<ConnectionDiagnosis>()
            .WithName("TestConnection")
            .WithSummary("Test a connection")
            .WithDescription("Tries it for real, step by step, at most 20 s, and says what to do about the first step that fails. Changes nothing there.");
    }

    private static async Task<IResult> PutAsync(string name, PutConnection request, HttpContext context, ConnectionStore store, CancellationToken cancellation) =>
        (await store.PutAsync(name, request, Actor.Of(context), cancellation)).Is(out var connection, out var refusal) ? TypedResults.Ok(connection) : refusal.ToResult();

    private static async Task<IResult> DeleteAsync(string name, ConnectionStore store, CancellationToken cancellation) =>
        await store.DeleteAsync(name, cancellation) ? TypedResults.NoContent() : Refusal.NotFound("connection", name).ToResult();

    private static async Task<IResult> TestAsync(string name, ConnectionStore store, CancellationToken cancellation)
    {
        if (await store.FindAsync(name, cancellation) is not { } connection)
            return Refusal.NotFound("connection", name).ToResult();

        var type = store.Types.First(type => type.Describe.Name == connection.Type);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(TestTimeout);
        try
        {
            return TypedResults.Ok(await type.TestAsync(connection, timeout.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TypedResults.Ok(new ConnectionDiagnosis { Works = false, Steps = [new("answer", false, $"It did not answer within {TestTimeout.TotalSeconds:0} s. Look whether the address is right and a firewall is between.")] });
        }
    }
}
