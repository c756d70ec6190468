using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Server.Aws;
using Slipway.Server.Instances.Broker;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Connections;

/// <summary>GET /agent/v1/check and POST /agent/v1/ring: what `slipway-agent doctor` asks the server.</summary>
internal static class CheckAgent
{
    public static void Map(IEndpointRouteBuilder agents)
    {
        agents.MapGet(AgentPaths.Check, (CallingInstance caller, TimeProvider time, AwsSettings aws) => Check(caller.Instance, time, aws))
            .WithMetadata(new AgentOnly()).ExcludeFromDescription();
        agents.MapPost(AgentPaths.Ring, (CallingInstance caller, Publisher publisher) => Ring(caller.Instance, publisher))
            .WithMetadata(new AgentOnly()).ExcludeFromDescription();
    }

    private static IResult Check(LiveInstance instance, TimeProvider time, AwsSettings aws) => Results.Json(
        new AgentCheck
        {
            Instance = instance.Name,
            Now = time.GetUtcNow(),
            Connected = instance.IsConnected,
            LastHelloAt = instance.LastHelloAt,
            Publishes = aws.HasTransport,
            Bucket = aws.Bucket,
            BucketPrefix = aws.Bucket is null ? null : aws.BucketPrefix,
        },
        ContractsJson.Default.AgentCheck);

    /// <summary>Sends a message all the way an assignment goes: the agent, or whoever listens in its place, is asked to report.</summary>
    private static IResult Ring(LiveInstance instance, Publisher publisher) =>
        publisher.Command(instance, new() { ReportIn = new() }) ? Results.Accepted() : Results.Conflict();
}
