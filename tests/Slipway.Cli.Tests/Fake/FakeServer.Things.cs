using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Tests.Fake;

internal sealed partial class FakeServer
{
    public List<Service> Services { get; } = [];

    public List<SlipwayEnvironment> Environments { get; } = [];

    public List<Target> Targets { get; } = [];

    /// <summary>By the target's environment.</summary>
    public Dictionary<string, InstanceGroups> Groups { get; } = [];

    public List<Instance> Instances { get; } = [];

    public List<ServiceVersion> Versions { get; } = [];

    public List<ConfigRevision> Configuration { get; } = [];

    public List<Token> Tokens { get; } = [];

    /// <summary>Lines of output by instance.</summary>
    public Dictionary<string, string[]> Logs { get; } = [];

    /// <summary>What applying a file answers.</summary>
    public Func<HttpContext, string, Task>? OnApply { get; set; }

    private void MapThings(WebApplication server)
    {
        var api = server.MapGroup("/api/v1");
        api.MapGet("/whoami", c => WriteAsync(
            c,
            new WhoAmI { Name = "alice", Scope = Scope.Admin, ServerVersion = "0.1.0", ServerId = "s1", ExpiresAt = FrozenTime.Now.AddDays(30) },
            ContractsJson.Default.WhoAmI));
        api.MapGet("/services", c => WriteAsync(c, new Page<Service> { Items = Services }, ContractsJson.Default.PageService));
        api.MapGet("/services/{service}", c => FindAsync(c, Services.Find(s => s.Name.Value == Route(c, "service")), "service_not_found", $"There is no service {Route(c, "service")}.", ContractsJson.Default.Service));
        api.MapPost("/services", ApplyAsync);
        api.MapGet("/environments", c => WriteAsync(c, new Page<SlipwayEnvironment> { Items = Environments }, ContractsJson.Default.PageSlipwayEnvironment));
        api.MapPut("/environments/{environment}", async c =>
        {
            var wanted = await ReadAsync(c, ContractsJson.Default.PutEnvironment);
            var made = new SlipwayEnvironment
            {
                Name = EnvironmentName.Parse(Route(c, "environment")),
                Description = wanted.Description,
                Order = 9,
                Confirm = wanted.Confirm ?? false,
                CreatedAt = FrozenTime.Now,
            };
            await WriteAsync(c, made, ContractsJson.Default.SlipwayEnvironment);
        });
        MapTargets(api);
        MapInstances(api);
        MapTokens(api);
    }

    private void MapTargets(RouteGroupBuilder api)
    {
        api.MapGet("/targets", c => WriteAsync(
            c,
            new Page<Target> { Items = [.. Targets.Where(t => Asked(c, "service", t.Service.Value) && Asked(c, "environment", t.Environment.Value))] },
            ContractsJson.Default.PageTarget));
        api.MapGet("/targets/{service}/{environment}", c => FindAsync(c, FindTarget(c), "environment_not_found", $"There is no environment {Route(c, "environment")}.", ContractsJson.Default.Target));
        api.MapGet("/targets/{service}/{environment}/groups", c => WriteAsync(c, Groups.GetValueOrDefault(Route(c, "environment")) ?? new(), ContractsJson.Default.InstanceGroups));
        api.MapPut("/targets/{service}/{environment}/hold", async c =>
        {
            var hold = await ReadAsync(c, ContractsJson.Default.PlaceHold);
            await FindAsync(
                c,
                FindTarget(c) is { } target ? target with { Hold = new() { Reason = hold.Reason, PlacedBy = "alice", PlacedAt = FrozenTime.Now } } : null,
                "environment_not_found",
                "There is no such environment.",
                ContractsJson.Default.Target);
        });
        api.MapDelete("/targets/{service}/{environment}/hold", c => c.Response.CompleteAsync());
        api.MapGet("/targets/{service}/{environment}/config", c => WriteAsync(
            c, new Page<ConfigRevision> { Items = [.. Configuration.OrderByDescending(r => r.Number)] }, ContractsJson.Default.PageConfigRevision));
        api.MapPost("/targets/{service}/{environment}/config", async c =>
        {
            var wanted = await ReadAsync(c, ContractsJson.Default.CreateConfigRevision);
            Configuration.Add(new ConfigRevision
            {
                Target = new(ServiceName.Parse(Route(c, "service")), EnvironmentName.Parse(Route(c, "environment"))),
                Number = Configuration.Count + 1,
                Values = wanted.Values,
                SecretNames = [.. wanted.KeepSecrets, .. wanted.Secrets.Keys],
                CreatedAt = FrozenTime.Now,
                CreatedBy = "alice",
            });
            await WriteAsync(c, Configuration[^1], ContractsJson.Default.ConfigRevision, 201);
        });
    }

    private void MapInstances(RouteGroupBuilder api)
    {
        api.MapGet("/instances", c => WriteAsync(
            c,
            new Page<Instance> { Items = [.. Instances.Where(i => Asked(c, "environment", i.Environment.Value) && (!c.Request.Query.ContainsKey("service") || i.Services.Any(s => Asked(c, "service", s.Service.Value))))] },
            ContractsJson.Default.PageInstance));
        api.MapGet("/instances/{instance}", c => FindAsync(c, Instances.Find(i => i.Name.Value == Route(c, "instance")), "instance_not_found", "There is no such instance.", ContractsJson.Default.Instance));
        api.MapPost("/instances/{instance}/services/{service}/restart", c =>
        {
            var at = Instances.FindIndex(i => i.Name.Value == Route(c, "instance"));
            Instances[at] = Instances[at] with { Services = [.. Instances[at].Services.Select(s => s with { Restarts = s.Restarts + 1 })] };
            c.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        api.MapGet("/instances/{instance}/services/{service}/logs", async c =>
        {
            if (!Logs.TryGetValue(Route(c, "instance"), out var lines))
            {
                await ProblemAsync(c, 409, "instance_not_connected", "The instance is not connected.");
                return;
            }

            c.Response.ContentType = "text/event-stream";
            foreach (var line in lines)
                await SendAsync(c, "line", null, new LogLine { Instance = InstanceName.Parse(Route(c, "instance")), Line = line }, ContractsJson.Default.LogLine);
            if (c.Request.Query["follow"] == "true")
                await Task.Delay(Timeout.Infinite, c.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }

    private void MapTokens(RouteGroupBuilder api)
    {
        api.MapGet("/tokens", c => WriteAsync(c, new Page<Token> { Items = Tokens }, ContractsJson.Default.PageToken));
        api.MapPost("/tokens", async c =>
        {
            var wanted = await ReadAsync(c, ContractsJson.Default.CreateToken);
            Tokens.Add(new Token { Id = "k1", Name = wanted.Name, Scope = wanted.Scope, Services = wanted.Services, CreatedAt = FrozenTime.Now, ExpiresAt = FrozenTime.Now.AddDays(90) });
            await WriteAsync(c, new TokenCreated { Token = Tokens[^1], Secret = "slp_k1_secret" }, ContractsJson.Default.TokenCreated, 201);
        });
        api.MapDelete("/tokens/{id}", c => c.Response.CompleteAsync());
        api.MapPost("/joinTokens", async c =>
        {
            var wanted = await ReadAsync(c, ContractsJson.Default.CreateJoinToken);
            await WriteAsync(
                c,
                new JoinTokenCreated
                {
                    Token = "slj_a_b",
                    ExpiresAt = FrozenTime.Now.AddHours(1),
                    Command = $"slipway-agent join --server {Address} --token slj_a_b --environment {wanted.Environment?.Value ?? "ENVIRONMENT"} --service SERVICE",
                },
                ContractsJson.Default.JoinTokenCreated,
                201);
        });
    }

    private async Task ApplyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var yaml = await reader.ReadToEndAsync();
        if (OnApply is { } answer)
        {
            await answer(context, yaml);
            return;
        }

        var applied = new ServiceApplied { Service = Sample.Service("checkout"), Change = AppliedChange.Created, Changes = ["run: ./checkout --port ${PORT}", "health: http /healthz"] };
        await WriteAsync(context, applied, ContractsJson.Default.ServiceApplied, 201);
    }

    private Target? FindTarget(HttpContext context) =>
        Targets.Find(t => t.Service.Value == Route(context, "service") && t.Environment.Value == Route(context, "environment"));

    private static Task FindAsync<T>(HttpContext context, T? found, string code, string detail, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class =>
        found is null ? ProblemAsync(context, 404, code, detail) : WriteAsync(context, found, type);

    private static bool Asked(HttpContext context, string parameter, string value) =>
        context.Request.Query[parameter] is not [{ } wanted, ..] || wanted == value;

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
