using System.Net;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Telemetry;

/// <summary>A deployment of checkout to one instance whose agent does as it is told.</summary>
internal static class Obedient
{
    public static async Task<FakeAgent> ConnectAsync(TestServer server)
    {
        await server.PublishAsync();
        var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        return agent;
    }

    public static async Task<Deployment> AskAsync(TestServer server) => await (await server.Http.PostAsync("/api/v1/deployments", new DeploymentRequest
    {
        Service = FleetSetup.Target.Service,
        Environment = FleetSetup.Target.Environment,
        Version = FleetSetup.V1.Version,
    })).ShouldBeAsync<Deployment>(HttpStatusCode.Created);

    public static async Task PrepareAsync(FakeAgent agent)
    {
        var prepare = (await agent.HearAsync(ToAgent.BodyOneofCase.Prepare)).Prepare;
        await agent.SayAsync(new()
        {
            PrepareStatus = new()
            {
                Service = prepare.Service,
                Version = prepare.Release.Version,
                ConfigRevision = prepare.Release.ConfigRevision,
                State = PrepareState.PrepareDone,
                Cause = prepare.Cause,
                DurationMs = 7,
            },
        });
    }

    public static async Task ActivateAsync(FakeAgent agent)
    {
        var assign = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        await agent.ReportAsync(assign.Service, assign.Generation, ServiceState.Starting, "1", assign.Cause);
        var healthy = FakeAgent.Status(assign.Service, assign.Generation, ServiceState.Healthy, "1", assign.Cause);
        healthy.Timings = new() { StartMs = 12 };
        await agent.SayAsync(new() { Status = healthy });
    }

    public static async Task<Deployment> EndAsync(TestServer server, Deployment deployment)
    {
        Deployment? last = null;
        await server.WaitAsync(async () => (last = await server.Http.GetAsync<Deployment>($"/api/v1/deployments/{deployment.Id}")).FinishedAt is not null);
        return last!;
    }

    /// <summary>All of it, to a good end.</summary>
    public static async Task<Deployment> DeployAsync(TestServer server)
    {
        await using var agent = await ConnectAsync(server);
        var deployment = await AskAsync(server);
        await PrepareAsync(agent);
        await ActivateAsync(agent);
        deployment = await EndAsync(server, deployment);
        Assert.Equal(DeploymentStatus.Succeeded, deployment.Status);
        return deployment;
    }
}
