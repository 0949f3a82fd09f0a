{{/* What belongs to this release, for selectors: they may never change. */}}
{{- define "dateline.selector" -}}
app.kubernetes.io/name: dateline
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "dateline.labels" -}}
{{ include "dateline.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* Name of a part's objects. */}}
{{- define "dateline.name" -}}
{{ printf "%s-%s" (.root.Release.Name | trunc 48 | trimSuffix "-") .part }}
{{- end }}

{{- define "dateline.image" -}}
{{- with .root.Values.image }}{{ with .registry }}{{ . }}/{{ end }}{{ .prefix }}{{ $.part }}:{{ .tag | default $.root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Whether this release runs the message server. */}}
{{- define "dateline.ownServer" -}}
{{- if not (or .Values.nats.url .Values.nats.urlSecret.name) }}yes{{ end }}
{{- end }}

{{/* What opens the server besides its address, from the Secrets that have it. */}}
{{- define "dateline.keys" -}}
{{- range $what, $of := .Values.nats.keys }}
{{- if $of.secret }}
- secret: {name: {{ $of.secret }}, items: [{key: {{ $of.key }}, path: {{ $what }}}]}
{{- end }}
{{- end }}
{{- end }}

{{/* Nothing of Dateline needs to be root, to write to its image or to speak to the cluster. */}}
{{- define "dateline.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
