using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Tests.Telemetry;

public sealed class TraceTests
{
    [Fact]
    public async Task A_deployment_is_one_trace_from_the_request_to_the_agent()
    {
        await using var receiver = await SpanReceiver.StartAsync();
        var caller = ActivityTraceId.CreateRandom().ToHexString();
        await using (var server = await TestServer.StartAsync(_ => { }, Exporting(receiver)))
        {
            server.Http.DefaultRequestHeaders.Add("traceparent", $"00-{caller}-b7ad6b7169203331-01");
            await using var agent = await Obedient.ConnectAsync(server);
            var deployment = await Obedient.AskAsync(server);
            server.Http.DefaultRequestHeaders.Remove("traceparent");
            await Obedient.PrepareAsync(agent);
            await Obedient.ActivateAsync(agent);
            await Obedient.EndAsync(server, deployment);
        }

        var trace = receiver.Spans.Where(span => span.Trace == caller).ToList();
        foreach (var name in (string[])["POST /api/v1/deployments/", "deployment.request", "deployment.plan", "deployment.commit", "deployment.stage", "deployment.tell", "agent.prepare", "agent.activate", "deployment"])
            Assert.Contains(trace, span => span.Name == name);

        // Whoever asked for it is above, everything else hangs together.
        var ids = trace.Select(span => span.Id).ToHashSet();
        Assert.All(trace, span => Assert.True(span.Parent == "b7ad6b7169203331" || ids.Contains(span.Parent!), $"{span.Name} hangs in the air"));
        Assert.Equal(trace.Single(span => span.Name == "deployment.request").Id, trace.Single(span => span.Name == "deployment").Parent);
        Assert.Contains(trace.Single(span => span.Name == "agent.activate").Parent, trace.Where(span => span.Name == "deployment.tell").Select(span => span.Id));
        Assert.DoesNotContain(receiver.Spans, span => span.Name.Contains("/agent/v1/connect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_starts_again_goes_on_in_the_same_trace()
    {
        await using var receiver = await SpanReceiver.StartAsync();
        var caller = ActivityTraceId.CreateRandom().ToHexString();
        await using (var server = await TestServer.StartAsync(_ => { }, Exporting(receiver)))
        {
            await using var agent = await Obedient.ConnectAsync(server);
            server.Http.DefaultRequestHeaders.Add("traceparent", $"00-{caller}-b7ad6b7169203331-01");
            var deployment = await Obedient.AskAsync(server);
            await Obedient.PrepareAsync(agent);
            var told = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
            await server.RestartAsync();
            await agent.ConnectAsync();
            await agent.ReportAsync(told.Service, told.Generation, ServiceState.Healthy, "1", told.Cause);
            await Obedient.EndAsync(server, deployment);
        }

        // Everything but the telling and what agents do hangs below the request, whichever process it was in.
        var trace = receiver.Spans.Where(span => span.Trace == caller).ToList();
        var request = trace.Single(span => span.Name == "deployment.request");
        var ended = trace.Where(span => span.Name is "deployment.stage" or "deployment").ToList();
        Assert.Equal(1, ended.Count(span => span.Name == "deployment"));
        Assert.True(ended.Count > 2);
        Assert.All(ended, span => Assert.Equal(request.Id, span.Parent));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_stored_and_no_exporter_is_there()
    {
        await using var server = await TestServer.StartAsync();
        Assert.DoesNotContain(server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>(), service => service.GetType().FullName!.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    private static string[] Exporting(SpanReceiver receiver) =>
        [$"--{TraceExport.Endpoint}", receiver.Address, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"];
}
