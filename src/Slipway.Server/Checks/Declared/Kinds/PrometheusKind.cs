using System.Globalization;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared.Http;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>A query whose every value must stay within bounds.</summary>
internal sealed class PrometheusKind(CheckHttp http) : ICheckKind
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    public bool Is(CheckDefinition check) => check.Prometheus is not null;

    public string Describe(CheckDefinition check)
    {
        var prometheus = check.Prometheus!;
        var lasting = prometheus.For.Time > TimeSpan.Zero ? $" for {prometheus.For}" : "";
        return $"Ask Prometheus whether {Told.Short(prometheus.Query)} is {PrometheusReading.Bounds(prometheus)}{lasting}";
    }

    public IEnumerable<string?> Texts(CheckDefinition check) => [check.Prometheus!.Address, check.Prometheus.Query];

    public Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation) => Tries.RunAsync(call, _ => AskAsync(call, call.Check.Prometheus!, cancellation));

    private async Task<Finding> AskAsync(CheckCall call, PrometheusCheck check, CancellationToken cancellation)
    {
        var address = call.Address(check.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.AbsoluteUri.TrimEnd('/') + "/api/v1/query"))
        {
            // As a form: queries may be longer than addresses.
            Content = new FormUrlEncodedContent([new("query", call.Fill(check.Query)), new("timeout", string.Create(CultureInfo.InvariantCulture, $"{Within.TotalSeconds:0}s"))]),
        };
        return await http.SendAsync(request, Within, redirects: false, cancellation) switch
        {
            HttpAnswer.Silent silent => new Finding.Inconclusive($"Prometheus at {Told.Address(address)} {silent.Why}"),
            HttpAnswer.Refused refused => new Finding.Fail($"{Told.Address(address)} {refused.Why}", ForGood: true),
            HttpAnswer.Came came => PrometheusReading.Judge(came, check),
            var unknown => throw new InvalidOperationException($"Unknown answer {unknown.GetType().Name}."),
        };
    }
}
