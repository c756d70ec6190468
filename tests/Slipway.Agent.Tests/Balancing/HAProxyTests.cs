using System.Net;
using Slipway.Agent.Activating;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Balancing;

/// <summary>A real HAProxy before three instances of a real web program, under load while one after the other gets a new version.</summary>
public sealed class HAProxyTests
{
    private const int Instances = 3;

    [Fact]
    public Task Rolling_through_three_instances_loses_no_request_with_agent_check() =>
        RollAsync("", (number, instance) => HAProxy.Server(
            number, Port(instance), $"check agent-check agent-addr 127.0.0.1 agent-port {instance.Activator.BalancerAddress!.Port} agent-inter 200ms inter 200ms"));

    [Fact]
    public Task Rolling_through_three_instances_loses_no_request_with_agent_check_by_name() =>
        RollAsync("", (number, instance) => HAProxy.Server(
            number, Port(instance), $"check agent-check agent-addr 127.0.0.1 agent-port {instance.Activator.BalancerAddress!.Port} agent-send \"checkout\\n\" agent-inter 200ms inter 200ms"));

    [Fact]
    public Task Rolling_through_three_instances_loses_no_request_with_the_HTTP_readiness_check() =>
        RollAsync("option httpchk GET /ready/checkout", (number, instance) => HAProxy.Server(
            number, Port(instance), $"check addr 127.0.0.1 port {instance.Activator.BalancerAddress!.Port} inter 200ms rise 2 fall 2"));

    [Fact]
    public async Task A_version_that_fails_is_not_sent_requests_and_one_that_works_is_again()
    {
        Assert.SkipWhen(HAProxy.WhyNot is not null, HAProxy.WhyNot ?? "");
        await using var instance = NewInstance();
        await instance.ActivateHealthyAsync(Version(instance, "1.0", 1));
        using var haproxy = await HAProxy.StartAsync("", [HAProxy.Server(1, Port(instance), $"check agent-check agent-addr 127.0.0.1 agent-port {instance.Activator.BalancerAddress!.Port} agent-inter 100ms inter 100ms")]);
        await UntilStatusAsync(haproxy, "UP");

        var broken = Version(instance, "2.0", 2);
        broken.Release.Spec.Command = new() { Arguments = { "sleep", "1000" } };
        broken.Release.Spec.Health.DeadlineMs = 1500;
        var failing = instance.ActivateAsync(broken);
        await UntilStatusAsync(haproxy, "DRAIN");
        Assert.IsType<ActivationOutcome.Failed>(await failing);
        await UntilStatusAsync(haproxy, "DRAIN", "DOWN");

        await instance.ActivateHealthyAsync(Version(instance, "1.0", 3));
        await UntilStatusAsync(haproxy, "UP");
    }

    private static async Task RollAsync(string defaults, Func<int, TestInstance, string> server)
    {
        Assert.SkipWhen(HAProxy.WhyNot is not null, HAProxy.WhyNot ?? "");
        TestInstance[] instances = [.. Enumerable.Range(0, Instances).Select(_ => NewInstance())];
        try
        {
            await Task.WhenAll(instances.Select(instance => instance.ActivateHealthyAsync(Version(instance, "1.0", 1))));
            using var haproxy = await HAProxy.StartAsync(defaults, instances.Select((instance, number) => server(number, instance)));
            await UntilStatusAsync(haproxy, "UP");
            await using var load = new ConstantLoad(haproxy.Port, clients: 4);
            await TestInstance.UntilAsync(() => load.AnswersOf("1.0") > 100, "the load runs");

            foreach (var instance in instances)
                await instance.ActivateHealthyAsync(Version(instance, "2.0", 2));

            var before = load.Requests;
            await TestInstance.UntilAsync(() => load.Requests > before + 200, "the load goes on");
            Assert.Empty(load.Failures);
            Assert.True(load.Requests > 500, $"only {load.Requests} requests were made");
            Assert.True(load.AnswersOf("2.0") > 100, $"only {load.AnswersOf("2.0")} answers came from the new version");
        }
        finally
        {
            foreach (var instance in instances)
                await instance.DisposeAsync();
        }
    }

    private static TestInstance NewInstance() => new(new ActivatorSettings { Balancer = new(IPAddress.Loopback, 0) });

    private static uint Port(TestInstance instance) => instance.Running!.Port;

    private static Activation Version(TestInstance instance, string version, ulong generation) =>
        instance.Version(version, $"exec '{Path.Combine(AppContext.BaseDirectory, "WebProgram")}'", generation, instance.Running?.Port ?? LastPort(instance), spec =>
        {
            spec.Health.Http = new() { Path = "/" };
            spec.Health.SettleMs = 200;
            // HAProxy keeps idle connections to a server that drains, so the deadline is always waited for.
            spec.Drain = new Drain { WaitMs = 1000, DeadlineMs = 1000 };
        });

    /// <summary>A failed version runs no more; HAProxy still knows the port it should have had.</summary>
    private static uint LastPort(TestInstance instance) => Ports.GetOrAdd(instance, _ => (uint)FreePort.Next());

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<TestInstance, uint> Ports = new();

    private static Task UntilStatusAsync(HAProxy haproxy, params string[] wanted) =>
        TestInstance.UntilAsync(() => haproxy.StatusAsync().GetAwaiter().GetResult().All(status => wanted.Any(word => status.StartsWith(word, StringComparison.Ordinal))), "HAProxy says " + string.Join(" or ", wanted));
}
