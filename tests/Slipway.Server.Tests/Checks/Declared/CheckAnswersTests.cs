using System.Net;
using System.Security.Cryptography;
using System.Text;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared;
using Slipway.Server.Checks.Declared.Http;
using Slipway.Server.Checks.Declared.Kinds;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Tests.Deployments;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>What is made of what others say, and of what people wrote into files.</summary>
public sealed class CheckAnswersTests
{
    private static readonly PrometheusCheck Below = new() { Address = "http://p", Query = "x", Below = 0.01 };

    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("169.254.0.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("64:ff9b::a9fe:a9fe", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.253.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Where_a_machine_tells_its_secrets_nobody_is_asked(string address, bool refused) => Assert.Equal(refused, AddressRules.IsRefused(IPAddress.Parse(address)));

    [Theory]
    [InlineData("200-299", 204, true)]
    [InlineData("200-299", 300, false)]
    [InlineData("200-299,401", 401, true)]
    [InlineData("404", 404, true)]
    public void Status_codes_are_codes_and_ranges(string ranges, int status, bool has) => Assert.Equal(has, StatusRanges.Has(ranges, status));

    [Fact]
    public void What_others_say_is_one_short_line_that_moves_no_cursor()
    {
        Assert.Equal("a b c[31mred", Told.Short("  a\r\n\tb \u0000c\u001b[31mred\u202e "));
        Assert.Equal(new string('x', 10) + "…", Told.Short(new string('x', 1_000_000), 10));
        Assert.Equal("https://a.example/b", Told.Address(new Uri("https://a.example/b?key=secret")));
    }

    [Theory]
    [InlineData("""[{"metric":{},"value":[1,"0.009"]}]""", "Pass", "The answer is 0.009, below 0.01")]
    [InlineData("""[{"metric":{},"value":[1,"0.01"]}]""", "Fail", "The answer is 0.01, expected below 0.01")]
    [InlineData("""[{"metric":{},"value":[1,"NaN"]}]""", "Inconclusive", "no number")]
    [InlineData("""[]""", "Inconclusive", "answers nothing")]
    [InlineData("""[{"metric":{"zone":"a"},"value":[1,"0"]},{"metric":{"__name__":"x","zone":"b"},"value":[1,"+Inf"]}]""", "Fail", "x{zone=\"b\"} is")]
    [InlineData("""[{"metric":{"zone":"a"},"value":[1,"NaN"]},{"metric":{"zone":"b"},"value":[1,"1"]}]""", "Fail", "{zone=\"b\"} is 1")]
    [InlineData("""[{"metric":{},"value":[1,"much"]}]""", "Inconclusive", "not Prometheus")]
    [InlineData("""[{"metric":{},"value":[]}]""", "Inconclusive", "not Prometheus")]
    public void Every_value_must_be_within_bounds(string result, string finding, string says)
    {
        var found = PrometheusReading.Judge(new(200, $$$"""{"status":"success","data":{"resultType":"vector","result":{{{result}}}}}""", IsCut: false), Below);
        Assert.Equal(finding, found.GetType().Name);
        Assert.Contains(says, found.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"parse error\n\u0007"}""", "Fail", "refused the query: parse error")]
    [InlineData(503, """{"status":"error","errorType":"unavailable","error":"starting"}""", "Inconclusive", "starting")]
    [InlineData(502, "<html>", "Inconclusive", "answered 502")]
    [InlineData(200, "hello", "Inconclusive", "not Prometheus")]
    [InlineData(200, """{"status":"success","data":{"resultType":"matrix","result":[]}}""", "Inconclusive", "not Prometheus")]
    public void What_is_no_answer_says_nothing_and_a_wrong_query_never_will(int status, string body, string finding, string says)
    {
        var found = PrometheusReading.Judge(new(status, body, IsCut: false), Below);
        Assert.Equal(finding, found.GetType().Name);
        Assert.Contains(says, found.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a ${A} $${A} ${B:-c} ${SLIPWAY_VERSION} $5", "a 1 ${A} c 2.0 $5")]
    [InlineData("${SLIPWAY_PREVIOUS_VERSION:-none}", "none")]
    public void Values_are_filled_in(string text, string filled) => Assert.Equal(filled, Values().Fill(text));

    /// <summary>The second is the example of the specification's reference implementations.</summary>
    [Theory]
    [InlineData("any words", "17/check-other/1", "1700000000", "{}", null)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void Webhooks_are_signed_as_others_check_it(string secret, string id, string time, string body, string? signature)
    {
        var expected = signature ?? Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{id}.{time}.{body}")));
        Assert.Equal(expected, Convert.ToBase64String(WebhookSignature.Sign(id, time, body, secret)));
    }

    [Fact]
    public void A_secret_and_an_unknown_name_are_refused_by_name()
    {
        Assert.Contains("${S}, which is a secret", Assert.Throws<CheckNotPossibleException>(() => Values().Fill("${S}")).Message, StringComparison.Ordinal);
        Assert.Contains("${X}, which is no config value", Assert.Throws<CheckNotPossibleException>(() => Values().Fill("${X}")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 3, "3 6 9 10")]
    [InlineData(10, 5, "5 10")]
    [InlineData(10, 10, "10")]
    [InlineData(10, 60, "10")]
    public void A_canary_is_judged_at_the_end_of_every_interval_and_of_its_lifetime(int lifetime, int interval, string ends)
    {
        var expected = ends.Split(' ');
        Assert.Equal(expected, expected.Select((_, done) => $"{(CanaryIntervals.End(Some.Noon, TimeSpan.FromMinutes(lifetime), TimeSpan.FromMinutes(interval), done) - Some.Noon).TotalMinutes}"));
    }

    [Theory]
    [InlineData("""{"verdict":"pass"}""", true)]
    [InlineData("""{"verdict":"fail","reason":"x","more":1}""", false)]
    [InlineData("""{"verdict":"perhaps"}""", null)]
    [InlineData("""{"status":"queued"}""", null)]
    [InlineData("null", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    public void Only_a_verdict_is_a_verdict(string body, bool? passes) => Assert.Equal(passes, WebhookVerdict.Read(body)?.Passes);

    private static CheckValues Values() => CheckValues.Of(
        new PlanRequest { Target = Some.Target, Release = Some.Release("2.0"), Strategy = new AllAtOnce(), Definition = Some.Definition },
        new Dictionary<string, string> { ["A"] = "1" },
        ["S"]);
}
