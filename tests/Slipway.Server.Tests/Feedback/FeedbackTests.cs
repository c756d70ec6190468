using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Feedback;
using Slipway.Server.Feedback;

namespace Slipway.Server.Tests.Feedback;

[OnBothDatabases]
public sealed class FeedbackTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Somebody_says_something_and_sees_the_answer()
    {
        var ada = await PersonAsync("ada");
        var said = await SaidAsync(ada, "  The list is long.\nMake it short.  ", "/services?search=check");
        Assert.Equal(("The list is long.\nMake it short.", "/services?search=check", "ada", null), (said.Text, said.Page, said.CreatedBy, said.Answer));

        var answered = await (await AnswerAsync(server.Http, said.Id, "It is shorter now.")).ShouldBeAsync<Contracts.Feedback.Feedback>(HttpStatusCode.OK);
        Assert.Equal(("It is shorter now.", "first-admin"), (answered.Answer, answered.AnsweredBy));
        Assert.NotNull(answered.AnsweredAt);

        var seen = Assert.Single((await ListAsync(ada, "")).Items);
        Assert.Equal((said.Id, answered.Answer, answered.AnsweredBy), (seen.Id, seen.Answer, seen.AnsweredBy));
    }

    [Fact]
    public async Task Administrators_see_everybodys_and_others_their_own()
    {
        var (ada, bob) = (await PersonAsync("ada"), await PersonAsync("ada"));
        await SaidAsync(ada, "one");
        await SaidAsync(bob, "two");
        Assert.Equal("two", Assert.Single((await ListAsync(bob, "")).Items).Text);
        Assert.Equal(2, (await ListAsync(server.Http, "")).Items.Count);
    }

    [Fact]
    public async Task The_newest_comes_first_by_pages_and_open_ones_can_be_had_alone()
    {
        var said = new List<Contracts.Feedback.Feedback>();
        for (var i = 0; i < 5; i++)
            said.Add(await SaidAsync(server.Http, $"thought {i}"));
        await AnswerAsync(server.Http, said[2].Id, "Done.");

        var first = await ListAsync(server.Http, "?limit=3");
        var second = await ListAsync(server.Http, $"?limit=3&cursor={first.NextCursor}");
        var newestFirst = said.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id, StringComparer.Ordinal).Select(one => one.Id);
        Assert.Equal(newestFirst, first.Items.Concat(second.Items).Select(one => one.Id));
        Assert.Equal(4, (await ListAsync(server.Http, "?open=true")).Items.Count);
        Assert.Equal(said[2].Id, Assert.Single((await ListAsync(server.Http, "?open=false")).Items).Id);
    }

    [Fact]
    public async Task Only_administrators_answer_and_export()
    {
        var ada = await PersonAsync("ada");
        var said = await SaidAsync(ada, "one");
        await (await AnswerAsync(ada, said.Id, "Myself.")).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await ada.GetAsync("/api/v1/feedback/export")).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await AnswerAsync(server.Http, "f-nothing", "To nobody.")).ShouldRefuseAsync(HttpStatusCode.NotFound, "feedback_not_found");
    }

    [Theory]
    [InlineData("", null, "text")]
    [InlineData(" \n ", null, "text")]
    [InlineData("a\0b", null, "text")]
    [InlineData("a\u001b[2Jb", null, "text")]
    [InlineData("fine", "javascript:alert(1)", "page")]
    [InlineData("fine", "//evil.example/", "page")]
    [InlineData("fine", "/\\evil.example/", "page")]
    [InlineData("fine", "https://evil.example/", "page")]
    [InlineData("fine", "/a\nb", "page")]
    [InlineData("fine", "", "page")]
    public async Task What_makes_no_sense_or_leads_elsewhere_is_refused(string text, string? page, string field)
    {
        var response = await server.Http.PostAsync("/api/v1/feedback", new SendFeedback { Text = text, Page = page });
        Assert.Equal(field, Assert.Single((await response.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request")).Errors!).Key);
    }

    [Fact]
    public async Task The_longest_text_and_page_are_taken_and_longer_ones_not()
    {
        var (text, page) = (new string('x', FeedbackRules.LongestText), "/" + new string('y', FeedbackRules.LongestPage - 1));
        await SaidAsync(server.Http, text, page);
        await (await server.Http.PostAsync("/api/v1/feedback", new SendFeedback { Text = text + "x" })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.PostAsync("/api/v1/feedback", new SendFeedback { Text = "x", Page = page + "y" })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Nobody_fills_the_disk_and_an_answer_makes_room()
    {
        var (ada, bob) = (await PersonAsync("ada"), await PersonAsync("bob"));
        var first = await SaidAsync(ada, "first");
        for (var i = 1; i < FeedbackRules.MostOpen; i++)
            await SaidAsync(ada, "more");

        await (await ada.PostAsync("/api/v1/feedback", new SendFeedback { Text = "too much" })).ShouldRefuseAsync(HttpStatusCode.TooManyRequests, "feedback_limit");
        await SaidAsync(bob, "somebody else");
        await AnswerAsync(server.Http, first.Id, "Thanks.");
        await SaidAsync(ada, "one more");
    }

    [Fact]
    public async Task The_same_request_with_the_same_key_is_one_feedback()
    {
        var wanted = new SendFeedback { Text = "once" };
        await server.Http.PostAsync("/api/v1/feedback", wanted, "key");
        await server.Http.PostAsync("/api/v1/feedback", wanted, "key");
        Assert.Single((await ListAsync(server.Http, "")).Items);
    }

    [Fact]
    public async Task The_export_has_everything_once_and_is_saved_not_shown()
    {
        await SaidAsync(server.Http, "She said \"no\",\nthen left.", "/targets");
        await SaidAsync(server.Http, "=HYPERLINK(\"https://evil.example\")");
        var response = await server.Http.GetAsync("/api/v1/feedback/export");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var text = (await response.Content.ReadAsStringAsync()).TrimStart('\ufeff');
        Assert.StartsWith("\"id\",\"createdAt\",\"createdBy\",\"page\",\"text\",\"answer\",\"answeredBy\",\"answeredAt\"\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\"/targets\",\"She said \"\"no\"\",\nthen left.\",\"\",\"\",\"\"\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\"", text, StringComparison.Ordinal);
    }

    private async Task<HttpClient> PersonAsync(string name)
    {
        var response = await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = name, Scope = Scope.Read });
        return server.As((await response.ShouldBeAsync<TokenCreated>(HttpStatusCode.Created)).Secret);
    }

    private static async Task<Contracts.Feedback.Feedback> SaidAsync(HttpClient person, string text, string? page = null) =>
        await (await person.PostAsync("/api/v1/feedback", new SendFeedback { Text = text, Page = page })).ShouldBeAsync<Contracts.Feedback.Feedback>(HttpStatusCode.Created);

    private static Task<HttpResponseMessage> AnswerAsync(HttpClient person, string id, string text) =>
        person.SendJsonAsync(HttpMethod.Put, $"/api/v1/feedback/{id}/answer", System.Text.Json.JsonSerializer.Serialize(new AnswerFeedback { Text = text }, ContractsJson.Default.AnswerFeedback));

    private static Task<Page<Contracts.Feedback.Feedback>> ListAsync(HttpClient person, string query) =>
        person.GetAsync<Page<Contracts.Feedback.Feedback>>($"/api/v1/feedback{query}");
}
