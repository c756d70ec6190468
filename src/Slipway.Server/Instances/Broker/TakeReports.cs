using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Server.Api;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Broker;

/// <summary>POST /agent/v1/messages: what an agent of the AWS transport has to say, and the answer to it.</summary>
internal static class TakeReports
{
    private const string ContentType = "application/x-protobuf";

    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapPost(AgentPaths.Messages, HandleAsync).WithMetadata(new AgentOnly()).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(CallingInstance caller, HttpContext context, ReportLines lines)
    {
        if (await ReadAsync(context.Request, context.RequestAborted) is not { Session.Length: > 0 and <= 64, Messages.Count: > 0 } reports)
            return new Refusal("bad_message", StatusCodes.Status400BadRequest, $"The body is no Reports message, or has more than {MessageReader.MaximumSize} bytes.").ToResult();

        return (await lines.TakeAsync(caller.Instance, reports, context.RequestAborted)).Is(out var answers, out var refusal)
            ? Results.Bytes(answers.ToByteArray(), ContentType)
            : refusal.ToResult();
    }

    private static async Task<Reports?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is null or > MessageReader.MaximumSize)
            return null;

        var body = new byte[(int)request.ContentLength];
        await request.Body.ReadExactlyAsync(body, cancellation);
        try
        {
            return Reports.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
