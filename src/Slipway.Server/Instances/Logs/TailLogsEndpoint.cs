using System.ComponentModel;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Logs;

/// <summary>GET /instances/{instance}/services/{service}/logs</summary>
internal static class TailLogsEndpoint
{
    private const int MostLines = 5_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/instances/{instance}/services/{service}/logs", Handle)
            .Requires(Scope.Read)
            .WithTags("Instances")
            .WithName("tailLogs")
            .WithSummary("The output of a service on an instance")
            .WithDescription("""
                Server-sent events; the data of each is one LogLine. Begins with the last `lines` lines and, with `follow`, goes on with every new one
                until the request is ended. A reader that is slower than the service misses lines and is told how many. Lines that begin with
                `[slipway]` are about the stream and not from the service.
                """)
            .Produces<LogLine>(contentType: "text/event-stream");

    private static IResult Handle(
        InstanceName instance,
        ServiceName service,
        LiveFleet fleet,
        LogTails tails,
        [Description("Lines from the past to begin with, 0 to 5000. Default: 100.")] int? lines,
        [Description("True: go on with new lines as they come. Default: false.")] bool? follow)
    {
        if (lines is < 0 or > MostLines)
            return Refusal.Invalid("lines", $"lines is a number from 0 to {MostLines}.").ToResult();

        if (!InstanceLookup.Find(fleet, instance, service).Is(out var member, out var refusal))
            return refusal.ToResult();

        return tails.Open(member.Instance, service, lines ?? 100, follow ?? false) is { } tail
            ? new LogStream(instance, tail)
            : InstanceLookup.NotConnected(instance).ToResult();
    }
}
