using System.Net;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Server.Instances.Broker;

namespace Slipway.Server.Tests.Instances.Broker;

/// <summary>The server's side of the AWS transport, with an SNS that keeps what it gets.</summary>
public sealed class PublishingTests
{
    private readonly FakeSns sns = new();

    [Fact]
    public async Task An_agent_is_told_where_to_listen_and_whom_to_believe()
    {
        await using var server = await sns.StartAsync(null, "--Slipway:Aws:DeadLetterQueue", "arn:aws:sqs:eu-central-1:123456789012:dead");
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        var broker = Assert.Single(await ReportAsync(agent, "s1", Hello())).Welcome.Broker;
        Assert.Equal("arn:aws:sns:eu-central-1:123456789012:slipway-production", broker.TopicArn);
        Assert.Equal("arn:aws:sqs:eu-central-1:123456789012:dead", broker.DeadLetterQueueArn);
        Assert.Equal(("eu-central-1", "slipway", 1u), (broker.Region, broker.QueuePrefix, broker.InstanceNumber));
        Assert.Equal(server.Get<BrokerKey>().Public, Assert.Single(broker.Keys));
    }

    [Fact]
    public async Task An_assignment_is_published_for_those_who_listen_and_sent_to_those_who_are_connected()
    {
        await using var server = await sns.StartAsync();
        await server.PublishAsync();
        await using var listening = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await using var connected = await FakeAgent.JoinAsync(server, "web-2", "production", "checkout");
        await ReportAsync(listening, "s1", Hello());
        await connected.ConnectAsync();
        await server.AssignAsync(FleetSetup.V1, "d-1/all/1", listening, connected);

        var assign = (await connected.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        var broadcast = (await sns.NextAsync(message => message.Attributes.ContainsKey("generationFrom"))).Open(server.Get<BrokerKey>().Public);
        var part = Assert.Single(broadcast.Parts);
        Assert.True(InstanceNumbers.Include(part.To, 1));
        Assert.False(InstanceNumbers.Include(part.To, 2));
        Assert.Equal((assign.Generation, assign.Release), (part.Message.Assign.Generation, broadcast.Release));
    }

    [Fact]
    public async Task A_report_from_somebody_the_server_does_not_know_is_answered_with_the_wish_for_a_hello()
    {
        await using var server = await sns.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        using var refused = await PostAsync(agent, "s1", new ToServer { Heartbeat = new() });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("hello_expected", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ReportAsync(agent, "s1", Hello());
        Assert.NotNull(Assert.Single(await ReportAsync(agent, "s1", new ToServer { Heartbeat = new() })).HeartbeatAnswer);

        // Another agent with the same identity has taken over.
        await ReportAsync(agent, "s2", Hello());
        using var over = await PostAsync(agent, "s1", new ToServer { Heartbeat = new() });
        Assert.Equal(HttpStatusCode.Conflict, over.StatusCode);
    }

    [Fact]
    public async Task Nonsense_is_refused_and_does_no_harm()
    {
        await using var server = await sns.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");

        // The server hangs up on what is too large: only a client that asks first is sure to hear why.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = server.Address };
        foreach (var body in (byte[][])[[], [1, 2, 3], new byte[2 * 1024 * 1024]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, AgentPaths.Messages) { Content = new ByteArrayContent(body) };
            request.Headers.ExpectContinue = true;
            request.Headers.TryAddWithoutValidation("Authorization", agent.Sign("POST", AgentPaths.Messages));
            using var refused = await patient.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        await ReportAsync(agent, "s1", Hello());
    }

    [Fact]
    public async Task An_agent_that_says_nothing_for_too_long_is_away_and_is_back_with_its_next_hello()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await sns.StartAsync(time);
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await ReportAsync(agent, "s1", time, Hello());
        Assert.True((await server.StatusAsync(agent)).Connected);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await server.StatusAsync(agent)).Connected);
        await AdvanceUntilAsync(time, TimeSpan.FromSeconds(2), async () => !(await server.StatusAsync(agent)).Connected);
        using var refused = await PostAsync(agent, "s1", time, new ToServer { Heartbeat = new() });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await ReportAsync(agent, "s1", time, Hello());
        Assert.True((await server.StatusAsync(agent)).Connected);
    }

    [Fact]
    public async Task What_an_agent_does_not_confirm_is_said_again_a_few_times_and_then_no_more()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await sns.StartAsync(time);
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await ReportAsync(agent, "s1", time, Hello());
        await server.AssignAsync(FleetSetup.V1, "d-1/all/1", agent);
        await sns.NextAsync(message => message.Attributes.ContainsKey("generationFrom"));
        for (var again = 0; again < 4; again++)
            await AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Task.FromResult(sns.Take().Any(message => message.Attributes.ContainsKey("generationFrom"))));

        for (var second = 0; second < 600; second++)
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(sns.Take());
    }

    [Fact]
    public async Task While_AWS_refuses_everything_waits_together_and_goes_out_once()
    {
        await using var server = await sns.StartAsync();
        await server.PublishAsync();
        await using var one = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await using var two = await FakeAgent.JoinAsync(server, "web-2", "production", "checkout");
        await ReportAsync(one, "s1", Hello());
        await ReportAsync(two, "s2", Hello());
        sns.Refuse = action => action == "PublishBatch" ? "AuthorizationError" : null;
        await server.AssignAsync(FleetSetup.V1, "d-1/all/1", one);
        await server.AssignAsync(FleetSetup.V2, "d-2/all/1", one, two);
        await server.WaitAsync(() => Task.FromResult(server.Get<PublishingReport>().Trouble(FleetSetup.Target.Environment)?.Contains("sns:Publish", StringComparison.Ordinal) == true));
        sns.Refuse = _ => null;

        var broadcast = (await sns.NextAsync(message => message.Attributes.ContainsKey("generationFrom"))).Open(server.Get<BrokerKey>().Public);
        Assert.Equal("2", broadcast.Release.Version);
        Assert.Equal(2, broadcast.Parts.Count);
        await server.WaitAsync(() => Task.FromResult(server.Get<PublishingReport>().Trouble(FleetSetup.Target.Environment) is null));
    }

    [Fact]
    public async Task A_server_that_starts_again_asks_those_who_listen_to_report()
    {
        await using var server = await sns.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await ReportAsync(agent, "s1", Hello());
        await server.RestartAsync();
        var broadcast = (await sns.NextAsync(_ => true)).Open(server.Get<BrokerKey>().Public);
        Assert.NotNull(Assert.Single(broadcast.Parts).Message.ReportIn);
        Assert.True(broadcast.ExpiresAt > 0);
    }

    [Fact]
    public async Task A_number_is_given_once()
    {
        await using var server = await sns.StartAsync();
        await using var one = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        using (var deleted = await server.Http.DeleteAsync("/api/v1/instances/web-1"))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        await using var two = await FakeAgent.JoinAsync(server, "web-2", "production", "checkout");
        Assert.Equal(2u, Assert.Single(await ReportAsync(two, "s2", Hello())).Welcome.Broker.InstanceNumber);
    }

    [Fact]
    public async Task Nobody_but_a_joined_agent_reports()
    {
        await using var server = await sns.StartAsync();
        using var refused = await server.Http.PostAsync(AgentPaths.Messages, new ByteArrayContent(new Reports { Session = "s", Messages = { Hello() } }.ToByteArray()));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static ToServer Hello() => new() { Hello = new() { AgentVersion = "1", Listening = new() { QueueUrl = "https://sqs/q", SubscriptionArn = "arn:s", OwnQueue = true } } };

    private static Task<IReadOnlyList<ToAgent>> ReportAsync(FakeAgent agent, string session, params ToServer[] messages) => ReportAsync(agent, session, TimeProvider.System, messages);

    private static async Task<IReadOnlyList<ToAgent>> ReportAsync(FakeAgent agent, string session, TimeProvider time, params ToServer[] messages)
    {
        using var response = await PostAsync(agent, session, time, messages);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return Answers.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Messages;
    }

    private static Task<HttpResponseMessage> PostAsync(FakeAgent agent, string session, params ToServer[] messages) => PostAsync(agent, session, TimeProvider.System, messages);

    private static Task<HttpResponseMessage> PostAsync(FakeAgent agent, string session, TimeProvider time, params ToServer[] messages) => agent.SendAsync(
        HttpMethod.Post,
        AgentPaths.Messages,
        new ByteArrayContent(new Reports { Session = session, Messages = { messages } }.ToByteArray()),
        agent.Sign("POST", AgentPaths.Messages, time.GetUtcNow()));

    /// <summary>In small steps: what waits for the clock has to have begun to wait.</summary>
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come true.");
            time.Advance(step);
            await Task.Delay(2);
        }
    }
}
