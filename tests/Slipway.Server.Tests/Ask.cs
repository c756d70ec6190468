using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Contracts;

namespace Slipway.Server.Tests;

/// <summary>Short ways to ask and to judge the answer.</summary>
internal static class Ask
{
    public static async Task<T> GetAsync<T>(this HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        return await response.ShouldBeAsync<T>(HttpStatusCode.OK);
    }

    public static Task<HttpResponseMessage> PostAsync<T>(this HttpClient client, string path, T body, string? key = null)
        where T : notnull => client.SendJsonAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body, typeof(T), ContractsJson.Default), key);

    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string json, string? key = null) =>
        client.SendJsonAsync(HttpMethod.Post, path, json, key);

    public static async Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string path, string json, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    public static async Task<T> ShouldBeAsync<T>(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"Expected {status}, got {response.StatusCode}: {text}");
        return (T)JsonSerializer.Deserialize(text, typeof(T), ContractsJson.Default)!;
    }

    /// <summary>A refusal with this status and code, as complete problem details.</summary>
    public static async Task<ApiProblem> ShouldRefuseAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"Expected {status}, got {response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, ContractsJson.Default.ApiProblem)!;
        Assert.Equal(code, problem.Code);
        Assert.Equal((int)status, problem.Status);
        Assert.NotEmpty(problem.Title);
        Assert.EndsWith(".", problem.Detail.TrimEnd(')'), StringComparison.Ordinal);
        return problem;
    }
}
