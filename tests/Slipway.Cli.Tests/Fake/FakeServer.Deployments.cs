using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Verdicts;

namespace Slipway.Cli.Tests.Fake;

internal sealed partial class FakeServer
{
    /// <summary>What every new deployment will be and do.</summary>
    public FakeDeployment? Next { get; set; }

    public List<FakeDeployment> Deployments { get; } = [];

    public DeploymentRequest? LastRequest { get; private set; }

    public ApprovalRequest? LastAnswer { get; private set; }

    /// <summary>On every deployment there is; null: nobody has judged them.</summary>
    public DeploymentVerdict? Verdict { get; set; }

    public ReplayReport? Report { get; set; }

    public ReplayRequest? LastReplay { get; private set; }

    /// <summary>The Last-Event-ID of every stream that was opened; empty for none.</summary>
    public ConcurrentQueue<string> StreamsFrom { get; } = new();

    /// <summary>Each stream is cut after this many events; one entry for each stream.</summary>
    public Queue<int> CutStreamAfter { get; } = new();

    /// <summary>A deployment to one of these is refused.</summary>
    public HashSet<string> UnknownEnvironments { get; } = [];

    /// <summary>A cut stream ends as a server that stops ends it: all that was written arrives. Otherwise the connection is torn.</summary>
    public bool EndsPolitely { get; set; }

    private void MapDeployments(WebApplication server)
    {
        var api = server.MapGroup("/api/v1");
        api.MapPost("/deployments", async c =>
        {
            LastRequest = await ReadAsync(c, ContractsJson.Default.DeploymentRequest);
            if (UnknownEnvironments.Contains(LastRequest.Environment.Value))
                await ProblemAsync(c, 404, "environment_not_found", $"There is no environment {LastRequest.Environment}.");
            else if (LastRequest.DryRun)
                await WriteAsync(c, Next!.End.Plan, ContractsJson.Default.Plan);
            else
                await StartAsync(c);
        });
        api.MapPost("/targets/{service}/{environment}/rollback", StartAsync);
        api.MapPost("/targets/{service}/{environment}/restart", StartAsync);
        api.MapGet("/deployments", c => WriteAsync(c, new Page<Deployment> { Items = [.. Deployments.Select(d => d.End)] }, ContractsJson.Default.PageDeployment));
        api.MapGet("/deployments/{id}", c => FindAsync(c, Find(c)?.End, "deployment_not_found", $"There is no deployment {Route(c, "id")}.", ContractsJson.Default.Deployment));
        api.MapGet("/deployments/{id}/instances", c => WriteAsync(c, new Page<InstanceProgress> { Items = [] }, ContractsJson.Default.PageInstanceProgress));
        api.MapGet("/deployments/{id}/verdict", c => FindAsync(c, Verdict, "verdict_not_found", $"There is no verdict {Route(c, "id")}.", ContractsJson.Default.DeploymentVerdict));
        api.MapPost("/targets/{service}/{environment}/replay", async c =>
        {
            LastReplay = await ReadAsync(c, ContractsJson.Default.ReplayRequest);
            await WriteAsync(c, Report!, ContractsJson.Default.ReplayReport);
        });
        api.MapGet("/deployments/{id}/events", StreamAsync);
        foreach (var verb in new[] { "approve", "reject" })
        {
            api.MapPost($"/deployments/{{id}}/{verb}", async c =>
            {
                LastAnswer = await ReadAsync(c, ContractsJson.Default.ApprovalRequest);
                await FindAsync(c, Find(c)?.Begin, "deployment_not_found", $"There is no deployment {Route(c, "id")}.", ContractsJson.Default.Deployment);
            });
        }

        foreach (var (verb, pending) in new[] { ("pause", "pausing"), ("resume", null), ("cancel", "cancelling") })
            api.MapPost($"/deployments/{{id}}/{verb}", c => FindAsync(c, Find(c) is { } d ? d.Begin with { Pending = pending } : null, "deployment_not_found", $"There is no deployment {Route(c, "id")}.", ContractsJson.Default.Deployment));
    }

    private Task StartAsync(HttpContext context)
    {
        Deployments.Add(Next!);
        return WriteAsync(context, Next!.Begin, ContractsJson.Default.Deployment, 201);
    }

    private FakeDeployment? Find(HttpContext context) => Deployments.Find(d => d.End.Id.Value == Route(context, "id"));

    private async Task StreamAsync(HttpContext context)
    {
        var deployment = Find(context)!;
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        StreamsFrom.Enqueue(last);
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        var after = last.Length > 0 ? long.Parse(last, CultureInfo.InvariantCulture) : 0;
        var left = CutStreamAfter.TryDequeue(out var cut) ? cut : int.MaxValue;
        foreach (var happened in deployment.Events.Where(e => e.Sequence > after))
        {
            if (left-- <= 0)
            {
                if (!EndsPolitely)
                    context.Abort();
                return;
            }

            if (deployment.Instances.TryGetValue(happened.Sequence, out var instances))
                await SendAsync(context, "instances", null, instances, ContractsJson.Default.IReadOnlyListInstanceProgress);
            await SendAsync(context, happened.Type, happened.Sequence, happened, ContractsJson.Default.DeploymentEvent);
        }

        if (deployment.Hangs)
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task SendAsync<T>(HttpContext context, string type, long? id, T data, JsonTypeInfo<T> typeInfo)
    {
        var text = $"event: {type}\n{(id is { } number ? $"id: {number.ToString(CultureInfo.InvariantCulture)}\n" : "")}data: {JsonSerializer.Serialize(data, typeInfo)}\n\n";
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }
}
