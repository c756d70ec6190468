using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Api;

public sealed class IdempotencyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;
    private readonly string key = Guid.NewGuid().ToString();
    private readonly string name = Guid.NewGuid().ToString();

    [Fact]
    public async Task The_same_request_with_the_same_key_is_done_once_and_answered_the_same()
    {
        var first = await MakeAsync(server);
        var second = await MakeAsync(server);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync(server));
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        await MakeAsync(server);
        var other = await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = name, Scope = Scope.Deploy }, key);
        await other.ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Equal(1, await CountAsync(server));
    }

    [Fact]
    public async Task Many_at_the_same_moment_make_one()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MakeAsync(server)));
        Assert.Contains(responses, response => response.StatusCode == HttpStatusCode.Created);
        foreach (var response in responses.Where(response => response.StatusCode != HttpStatusCode.Created))
            await response.ShouldRefuseAsync(HttpStatusCode.Conflict, "idempotency_in_progress");
        Assert.Equal(1, await CountAsync(server));
    }

    [Fact]
    public async Task Two_callers_may_use_the_same_key()
    {
        var made = await (await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = "second", Scope = Scope.Admin })).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
        await MakeAsync(server);
        var response = await server.As(made.Secret).PostAsync("/api/v1/tokens", new CreateToken { Name = name, Scope = Scope.Read }, key);
        Assert.False(response.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, await CountAsync(server));
    }

    [Fact]
    public async Task A_refused_request_does_not_use_the_key_up()
    {
        var refused = await server.Http.PostTextAsync("/api/v1/tokens", """{"name":"","scope":"read"}""", key);
        await refused.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(HttpStatusCode.Created, (await MakeAsync(server)).StatusCode);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public async Task A_key_that_cannot_be_is_refused(string bad)
    {
        var response = await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = name, Scope = Scope.Read }, bad);
        await response.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task The_secret_in_a_kept_answer_is_not_readable_in_the_database()
    {
        var made = await (await MakeAsync(server)).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
        await using var db = await server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync();
        var row = await db.Set<IdempotencyRow>().SingleAsync(row => row.Key == key);
        Assert.DoesNotContain(made.Secret.Split('_')[2], row.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_day_a_key_is_new_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = await TestServer.StartAsync(clock);
        await MakeAsync(own);
        clock.Advance(TimeSpan.FromHours(23));
        Assert.True((await MakeAsync(own)).Headers.Contains("Idempotency-Replayed"));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.False((await MakeAsync(own)).Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task What_a_process_that_died_had_begun_is_done_again_with_the_same_seed()
    {
        await using var own = await TestServer.StartAsync();
        await MakeAsync(own);
        await using (var db = await own.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
        {
            // What a kill -9 between effect and storing leaves.
            var row = await db.Set<IdempotencyRow>().SingleAsync();
            (row.Status, row.Body) = (0, null);
            await db.SaveChangesAsync();
        }

        await own.RestartAsync();
        var again = await MakeAsync(own);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
        Assert.True((await MakeAsync(own)).Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Who_hangs_up_before_the_answer_finds_all_of_it_when_the_request_is_repeated()
    {
        using var hangUp = new CancellationTokenSource();
        var idempotency = new Idempotency(
            async context =>
            {
                await hangUp.CancelAsync();
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.WriteAsJsonAsync(name);
            },
            server.Get<IdempotencyStore>());
        await idempotency.InvokeAsync(Request(hangUp.Token)).ContinueWith(_ => { }, TaskScheduler.Default);

        using var answer = new MemoryStream();
        var again = Request(CancellationToken.None);
        again.Response.Body = answer;
        await idempotency.InvokeAsync(again);
        Assert.Equal("true", again.Response.Headers[Idempotency.ReplayedHeader]);
        Assert.Equal($"\"{name}\"", System.Text.Encoding.UTF8.GetString(answer.ToArray()));

        DefaultHttpContext Request(CancellationToken aborted)
        {
            var context = new DefaultHttpContext { RequestServices = server.Services, RequestAborted = aborted, User = new(new Caller("somebody", "somebody", Scope.Admin)) };
            context.Request.Method = "POST";
            context.Request.Headers[Idempotency.Header] = key;
            context.SetEndpoint(new(null, new(new Idempotent()), null));
            return context;
        }
    }

    private Task<HttpResponseMessage> MakeAsync(TestServer on) =>
        on.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = name, Scope = Scope.Read }, key);

    private async Task<int> CountAsync(TestServer on) =>
        (await on.Http.GetAsync<Page<Token>>("/api/v1/tokens?limit=500")).Items.Count(token => token.Name == name);
}
