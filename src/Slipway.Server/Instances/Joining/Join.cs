using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Targets;

namespace Slipway.Server.Instances.Joining;

/// <summary>POST /agent/v1/join: an instance asks to belong, with a join token and a key of its own.</summary>
internal static class Join
{
    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapPost(AgentPaths.Join, HandleAsync).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        JoinRequest request, JoinTokens tokens, InstanceStore instances, Convergence convergence, Installation installation, LiveFleet live, KnownTargets targets, CancellationToken cancellation)
    {
        if (JoinRules.Check(request) is { } invalid)
            return invalid.ToResult();

        if (!JoinRules.ParseKey(request.PublicKey).Is(out var key, out var refusal))
            return refusal.ToResult();

        if (await UseTokenAsync(tokens, request, () => IsTaken(live, request, key), cancellation) is { } refused)
            return refused.ToResult();

        TargetId[] before = [.. live.Find(request.Name)?.Members.Where(member => member.State.Assigned.Member).Select(member => member.Target) ?? []];
        var instance = await instances.JoinAsync(request, key, cancellation);
        await targets.EnsureAsync([.. request.Services.Select(service => new TargetId(service, request.Environment))], cancellation);
        await targets.ForgetAsync(before, cancellation);
        await convergence.RunAsync(instance, cancellation);
        return Results.Json(new JoinAnswer { Instance = instance.Name, ServerId = installation.ServerId }, ContractsJson.Default.JoinAnswer);
    }

    /// <summary>A token that is good is not spent on a name that is taken, and one that is not learns nothing of names.</summary>
    private static async Task<Refusal?> UseTokenAsync(JoinTokens tokens, JoinRequest request, Func<Refusal?> isTaken, CancellationToken cancellation)
    {
        if (!JoinToken.TryParse(request.Token, out var token))
            return JoinTokens.Unknown;

        return await tokens.CheckAsync(token, request.Environment, cancellation)
            ?? isTaken()
            ?? (await tokens.UseAsync(token, request.Environment, cancellation)).Refusal;
    }

    /// <summary>
    /// A join token must not be enough to take a living instance's name away from it. One that is away may come back with a new key
    /// (the machine was set up again); so may one that asks a second time with the key it has just joined with.
    /// </summary>
    private static Refusal? IsTaken(LiveFleet live, JoinRequest request, byte[] key) =>
        live.Find(request.Name) is { IsConnected: true, Facts: { RevokedAt: null } facts } && !facts.PublicKey.AsSpan().SequenceEqual(key)
            ? Refusal.Conflict(
                "instance_connected",
                $"Instance {request.Name} is connected now with another key. Choose another name; or, if this machine replaces that one, stop its agent or delete the instance first.")
            : null;
}
