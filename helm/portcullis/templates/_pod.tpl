{{- /* What the pods of gates and consoles have in common. */ -}}

{{- define "portcullis.pod" -}}
automountServiceAccountToken: false
# Of a Service named portcullis-admission, PORTCULLIS_ADMISSION_PORT would be an address.
enableServiceLinks: false
{{- if kindIs "bool" .Values.hostUsers }}
hostUsers: {{ .Values.hostUsers }}
{{- else if semverCompare ">=1.36-0" .Capabilities.KubeVersion.Version }}
hostUsers: false
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "portcullis.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "portcullis.arguments" -}}
- --portcullis.namespace=$(NAMESPACE)
- --portcullis.default-mode={{ .Values.defaultMode }}
- --portcullis.admission.address=0.0.0.0
- --portcullis.management.address=0.0.0.0
{{- if eq .Values.certificates.mode "own" }}
- --portcullis.tls.secret={{ include "portcullis.certificateSecret" . }}
{{- else }}
- --portcullis.tls.certificate=/etc/portcullis/tls/tls.crt
- --portcullis.tls.key=/etc/portcullis/tls/tls.key
- --portcullis.tls.authority=/etc/portcullis/tls/ca.crt
{{- end }}
{{- with .Values.logs.format }}
- --logging.structured.format.console={{ . }}
{{- end }}
{{- end -}}

{{- define "portcullis.container" -}}
image: {{ include "portcullis.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
env:
  - name: NAMESPACE
    valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
startupProbe:
  httpGet: {path: /healthz, port: management}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /healthz, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet: {path: /readyz, port: management}
  periodSeconds: 5
  timeoutSeconds: 5
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end -}}

{{- define "portcullis.mounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: api-access, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true}
{{- if ne .Values.certificates.mode "own" }}
- {name: tls, mountPath: /etc/portcullis/tls, readOnly: true}
{{- end }}
{{- end -}}

{{- define "portcullis.volumes" -}}
# In memory: a key may be among what is written.
- name: tmp
  emptyDir: {medium: Memory, sizeLimit: 64Mi}
# What would be mounted unasked, with a token that ends.
- name: api-access
  projected:
    sources:
      - serviceAccountToken: {path: token, expirationSeconds: 3607}
      - configMap: {name: kube-root-ca.crt, items: [{key: ca.crt, path: ca.crt}]}
      - downwardAPI: {items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]}
{{- if ne .Values.certificates.mode "own" }}
- name: tls
  secret: {secretName: {{ include "portcullis.certificateSecret" . | quote }}, defaultMode: 0440}
{{- end }}
{{- end -}}

{{- define "portcullis.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}Binding
metadata:
  name: {{ .name }}
  {{- if eq .kind "Role" }}
  namespace: {{ .context.Release.Namespace }}
  {{- end }}
  labels:
    {{- include (printf "portcullis.%s.labels" .part) .context | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ include (printf "portcullis.%s" .part) .context }}
    namespace: {{ .context.Release.Namespace }}
{{- end -}}
